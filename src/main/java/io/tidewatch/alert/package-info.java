/** What receivers are told, and in which form each of them wants it. It does not choose how loud a thing is. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.alert;
