package dev.baton.local.dynamodb;

/// The provisioned throughput of a table or an index, which is told and limits nothing here.
///
/// @param reads capacity units a second; zero where requests are paid for one by one
/// @param writes capacity units a second
record Throughput(long reads, long writes) {
    static final Throughput NONE = new Throughput(0, 0);
}
