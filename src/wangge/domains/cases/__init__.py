"""Cases, exposures and contacts: who met whom, where, when, how long."""
