package io.dataplane.device;

/** A device could not be opened or set; the message names the device and says what to do. */
public final class DeviceException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message for people: device, what failed, what to do
   */
  public DeviceException(String message) {
    super(message);
  }

  /**
   * Makes one.
   *
   * @param message for people: device, what failed, what to do
   * @param cause what the host said
   */
  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
