/** What people are told, who is told, and when it is tried again; nothing here sends anything. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.alert;
