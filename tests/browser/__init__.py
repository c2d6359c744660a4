"""The app as a visitor meets it: a real server in its own process, a real Chromium."""
