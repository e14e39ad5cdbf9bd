package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One state of one object; never changed once stored, so whoever wants to change it copies it first.
 *
 * @param json the whole object with its metadata
 */
record StoredObject(ObjectKey key, long revision, ObjectNode json) {}
