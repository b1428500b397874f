"""Medicine for people who cannot fetch it: its own path, because it kills where it breaks off."""
