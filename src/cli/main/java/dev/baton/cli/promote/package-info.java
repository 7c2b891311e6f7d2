/// Promotion: the artefact that runs in one environment, put into another.
@NullMarked
package dev.baton.cli.promote;

import org.jspecify.annotations.NullMarked;
