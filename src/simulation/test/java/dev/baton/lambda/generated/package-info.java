/// Random pipelines: as plain data, whose runs and needs are found by brute force, and as the records that an author
/// would write, compiled in memory.
package dev.baton.lambda.generated;
