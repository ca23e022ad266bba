"""The desk, measured and looked at: screenshots at three widths, and the time that pages take with many incidents."""
