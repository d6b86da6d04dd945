/** Results as a table and as JSON. */
@NullMarked
package dev.confetti.bench.report;

import org.jspecify.annotations.NullMarked;
