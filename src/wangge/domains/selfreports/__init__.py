"""People coming back report themselves: taken without an account, sealed, matched to a door afterwards."""
