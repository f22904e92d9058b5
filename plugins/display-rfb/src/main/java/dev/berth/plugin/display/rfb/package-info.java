/* SPDX-License-Identifier: Apache-2.0 */
/** An RFB (VNC) client; nothing here is exported but its {@code DisplayProtocol} service. */
@NullMarked
package dev.berth.plugin.display.rfb;

import org.jspecify.annotations.NullMarked;
