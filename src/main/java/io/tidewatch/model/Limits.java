package io.tidewatch.model;

/**
 * Every limit on what Tidewatch reads from others, in one place. What goes past one is a {@link Problem} of its file (or a
 * refusal of its source), never an exception, and what was last good stays in force. The table "Limits" in
 * docs/configuration.md has one row for each constant.
 *
 * <p>Most are a hundred times what honest definitions need. They exist so that reading a source and asking its schedules
 * costs a bounded amount of work and memory, whatever somebody commits there.
 */
public final class Limits {

    private Limits() {}

    // Texts and numbers, wherever they stand.

    /** Levels of nesting in YAML; an object of the API server has about twenty. */
    public static final int NESTING = 100;

    /** Values that the aliases of one document may stand for; the largest objects in use have some thousands. */
    public static final int ALIASED_VALUES = 100_000;

    // Files and sources.

    /** Bytes of one file. */
    public static final int FILE_BYTES = 4 << 20;

    /** Files of a source. */
    public static final int FILES = 20_000;

    /** Bytes of all files of a source. */
    public static final int SOURCE_BYTES = 64 << 20;
}
