package io.tidewatch.demo;

/** Something that the story promises, and whether it came so. */
record Promise(String words, boolean kept) {}
