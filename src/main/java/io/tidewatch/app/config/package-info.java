/** Configuration: three files and the environment, to records or to all that is wrong with them. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.app.config;
