/** Whether the address of a page is an invitation to a team: that of a collector's page, or one with a team file behind the `#`. */
export const isInvitation = (address: string): boolean => /^https?:\/\/[^#]*\/join#./.test(address);
