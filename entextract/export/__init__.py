"""Writes a graph in every format, checking it first, and reads GEXF back. Computes nothing.

The writers share one contract. The whole graph is checked; rows are written one at a time, or a
few thousand; the file takes its final name only once it is complete, so a failure leaves what was
there before. A writer returns nothing. What could not be written as it stands ("label of per:x: 1
character that XML forbids removed") is told by an ``ExportWarning``, one a file, whose attribute
``changes`` has all of it.
"""

from entextract.export.changes import ExportWarning as ExportWarning
from entextract.export.checks import clean_xml as clean_xml
from entextract.export.gexf import write_dynamic_gexf as write_dynamic_gexf
from entextract.export.gexf import write_gexf as write_gexf
from entextract.export.gml import write_gml as write_gml
from entextract.export.graphml import write_graphml as write_graphml
from entextract.export.graphology import write_json as write_json
from entextract.export.html import Shown as Shown
from entextract.export.html import page as page
from entextract.export.html import write_html as write_html
from entextract.export.image import image_of as image_of
from entextract.export.image import write_image as write_image
from entextract.export.looks import COLOURS as COLOURS
from entextract.export.looks import OTHER_COLOUR as OTHER_COLOUR
from entextract.export.looks import ROOM as ROOM
from entextract.export.looks import TONES as TONES
from entextract.export.looks import colours_by as colours_by
from entextract.export.looks import largest as largest
from entextract.export.looks import node_size as node_size
from entextract.export.losses import report_losses as report_losses
from entextract.export.neo4j import write_neo4j as write_neo4j
from entextract.export.pajek import write_pajek as write_pajek
from entextract.export.reading import read_gexf as read_gexf
from entextract.export.tables import write_gephi_csv as write_gephi_csv
from entextract.export.wording import Language as Language
from entextract.export.wording import tones as tones
from entextract.export.wording import words_of as words_of
from entextract.records.files import static_name as static_name
