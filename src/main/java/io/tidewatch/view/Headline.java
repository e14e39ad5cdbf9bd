package io.tidewatch.view;

/**
 * The state of all targets in one sentence. It is the title of the page too.
 *
 * @param brief the first words, for a narrow place
 */
public record Headline(Mood mood, String brief, String sentence) {}
