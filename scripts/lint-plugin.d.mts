export function complaintAbout(from: string, to: string, typeOnly: boolean): string | undefined
