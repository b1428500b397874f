"""The tracer: cases, exposures, the chain."""
