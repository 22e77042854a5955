// @ts-check
import { expect } from "@playwright/test";

/**
 * @import { Page } from "@playwright/test"
 */

/** The device flow of a provider, as a person finds it in its dialog. */
export class DeviceDialog {
  /**
   * @param {Page} page
   * @param {string} name of the provider
   */
  constructor(page, name) {
    this.page = page;
    this.name = name;
    this.dialog = page.getByRole("dialog", { name: `Link ${name}`, exact: true });
    this.code = this.dialog.getByRole("code");
    this.copy = this.dialog.getByRole("button", { name: "Copy code", exact: true });
    this.newCode = this.dialog.getByRole("button", { name: "Get a new code", exact: true });
    this.tryAgain = this.dialog.getByRole("button", { name: "Try again", exact: true });
    this.linkHere = this.dialog.getByRole("button", { name: "Link here instead", exact: true });
    this.cancel = this.dialog.getByRole("button", { name: "Cancel", exact: true });
    /** What a screen reader says. */
    this.status = this.dialog.getByRole("status");
  }

  /** Opens it from the provider's card. */
  async open() {
    await this.page.getByRole("button", { name: `Link ${this.name}`, exact: true }).click();
    await expect(this.code).toBeVisible();
  }

  /**
   * Expects a text in the dialog's live region.
   *
   * @param {string} words
   */
  async announces(words) {
    await expect(this.status.filter({ hasText: words })).toHaveCount(1);
  }
}

/**
 * The request that polls for a provider.
 *
 * @param {string} id of the provider
 */
export const pollOf = (id) => `POST /api/v2/external-auth/${id}/device`;
