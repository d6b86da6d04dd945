package dev.confetti.gift.settlement;

import java.util.List;

/** How a provider writes its reports. */
interface ReportFormat {

    /** The columns that a report must have, in any order and among others. */
    List<String> columns();

    /** The column of what the buyer paid, or got back. */
    String gross();

    /** The column of what the provider keeps. */
    String fee();

    /** The line of a record. */
    ReportLine line(Cells cells);
}
