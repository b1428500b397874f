"""One record, every table: what an office wants is a saved query over facts, under that office's own headings."""
