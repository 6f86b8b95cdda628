"""The app: tray, windows, notices and charts."""
