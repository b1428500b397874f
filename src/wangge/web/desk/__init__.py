"""The desk: test results and laboratory files, people's records, orders for the authority."""
