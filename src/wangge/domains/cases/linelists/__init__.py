"""Line lists in the column names of WHO's Go.Data and of epiverse ``linelist``: written out, and read in again."""
