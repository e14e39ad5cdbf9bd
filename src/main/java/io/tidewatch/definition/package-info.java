/** Text from Git → definitions, or all that is wrong with it, each problem with its line and field. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.definition;
