/**
 * Git sources: a remote repository, its mirror on the local disk, and the files of a commit. Nothing here knows YAML, Kubernetes or
 * the loop.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.git;
