/** Who there is in the preview workspace: one team, one bot, one person. */
export const TEAM = {
  id: "T0PREVIEW",
  name: "Preview",
  domain: "preview",
} as const;

export const APP_ID = "A0PREVIEW";

export const BOT = {
  userId: "U0PHASEWATCH",
  botId: "B0PHASEWATCH",
  name: "phasewatch",
} as const;

export const PERSON = { id: "U0YOU", name: "you" } as const;

/** The one slash command that the app has registered. */
export const COMMAND = "/coverage";
