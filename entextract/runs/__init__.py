"""Large corpora: shards on disk, worker processes, and the linked tables of a run."""
