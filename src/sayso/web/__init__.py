"""The desk: pages on which a person sees who says what, and decides. They show; they decide nothing."""
