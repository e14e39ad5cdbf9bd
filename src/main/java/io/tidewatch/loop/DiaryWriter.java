package io.tidewatch.loop;

import io.tidewatch.model.report.DiaryEntry;
import java.util.List;

/** Writes lines to the diary in the journal and to the output of the process. Never throws. */
@FunctionalInterface
public interface DiaryWriter {

    void write(List<DiaryEntry> entries);
}
