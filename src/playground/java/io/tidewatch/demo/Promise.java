package io.tidewatch.demo;

/** One expected result of the night, and whether it came. */
record Promise(String words, boolean kept) {}
