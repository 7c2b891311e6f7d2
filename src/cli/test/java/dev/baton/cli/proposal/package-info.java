@NullMarked
package dev.baton.cli.proposal;

import org.jspecify.annotations.NullMarked;
