/**
 * Our record on a live object, and whose value stands there: one verdict, from which the plan writes and the diagnosis
 * explains. Pure: it reads the object, our annotations on it, the owners of its fields, and what is desired.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.ownership;
