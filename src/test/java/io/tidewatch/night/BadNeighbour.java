package io.tidewatch.night;

/** What somebody who shares the application with others does to it, by malice or by accident. */
interface BadNeighbour {

    /** A few words for the test's name. */
    String what();

    /** Before the application starts, what must stand in its configuration or on its disk. */
    default void prepare(Neighbourhood among) {}

    /** Does its worst, and returns when that has reached the application as far as can be told. */
    void begin(Neighbourhood among);

    /** What must have been said or done of it, besides that others notice nothing. */
    default void assertAnswered(Neighbourhood among) {}

    /** Puts everything right again. */
    void end(Neighbourhood among);
}
