"""What happened: words that tell of it, their scenes, and which of them are one incident."""
