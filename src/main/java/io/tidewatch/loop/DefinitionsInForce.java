package io.tidewatch.loop;

/** The definitions of all sources that are in force now. */
@FunctionalInterface
public interface DefinitionsInForce {

    CompiledDefinitions compiled();
}
