/// What waits for an approval, and the decisions of whoever runs the command about it.
@NullMarked
package dev.baton.cli.approval;

import org.jspecify.annotations.NullMarked;
