/**
 * Reads crons, the five fields of a CronJob, to bits. Says of a cron of another dialect what to write instead, and of a valid cron what
 * may surprise. Knows no file and no window. Pure.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.definition.cron;
