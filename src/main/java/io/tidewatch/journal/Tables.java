package io.tidewatch.journal;

/** The tables of the file. */
record Tables(
        DiaryTable diary,
        IncidentTable incidents,
        OutboxTable outbox,
        StepTable steps,
        ConversationTable conversations,
        UpdateTable updates) {

    static Tables over(Statements statements) {
        return new Tables(
                new DiaryTable(statements),
                new IncidentTable(statements),
                new OutboxTable(statements),
                new StepTable(statements),
                new ConversationTable(statements),
                new UpdateTable(statements));
    }
}
