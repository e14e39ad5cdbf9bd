/** The stages as the routes call them: each takes what travels, asks a pure function or an edge, and passes it on. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.app.stage;
