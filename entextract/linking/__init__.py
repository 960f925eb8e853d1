"""Agrees entity ids over articles, and counts entities: pure functions on rows."""

from entextract.linking.census import Batch as Batch
from entextract.linking.census import Census as Census
from entextract.linking.census import collector_paused as collector_paused
from entextract.linking.census import follow as follow
from entextract.linking.census import link as link
from entextract.linking.entities import EntityCounts as EntityCounts
from entextract.linking.entities import count_entities as count_entities
from entextract.linking.entities import forms_of as forms_of
from entextract.linking.merges import Merge as Merge
from entextract.linking.merges import confidence as confidence
from entextract.linking.merges import merges as merges
