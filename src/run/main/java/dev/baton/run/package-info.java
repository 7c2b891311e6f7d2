/// What a run leaves in S3 and what its functions are told: keys, records, fingerprints, payloads.
@NullMarked
package dev.baton.run;

import org.jspecify.annotations.NullMarked;
