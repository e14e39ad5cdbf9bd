/** A Git remote, mirrored: has its ref moved, and what do the files say at that commit. It knows nothing of YAML. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.git;
