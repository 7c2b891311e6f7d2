/// The evidence of an environment as one file of chained lines, for auditors: written by `baton audit export`, judged by
/// `baton audit verify`.
@NullMarked
package dev.baton.cli.audit;

import org.jspecify.annotations.NullMarked;
