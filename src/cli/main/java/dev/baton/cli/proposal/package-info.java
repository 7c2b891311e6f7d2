/// Proposals: definitions and policies that somebody wants to have, an agent perhaps, held against what is there.
@NullMarked
package dev.baton.cli.proposal;

import org.jspecify.annotations.NullMarked;
