/** What was seen: raw objects to views, views to the chain of each target. Pure; nothing read here ever throws. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.observe;
