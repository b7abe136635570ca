"use client";
import { PageFailed } from "@/app/_ui/page-failed";

/** Keeps the navigation around it. */
export default PageFailed;
